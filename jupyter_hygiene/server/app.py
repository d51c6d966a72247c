"""The server extension: its traits, its start and its end."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jupyter_core.paths import jupyter_data_dir
from jupyter_server.extension.application import ExtensionApp
from traitlets import Float, Int, Unicode, default

from ..core.analysis_requests import AnalysisDesk
from ..core.recorder import OutputLimits
from ..core.replay import ReplayLimits
from .events import ProgressEvents
from .handlers import handlers
from .jobs import JobLimits, JobManager
from .requests import ServerLimits
from .store import ReportStore


class HygieneApp(ExtensionApp):
    """jupyter-hygiene's server extension. Every limit is a trait, set as any of Jupyter's."""

    name = "jupyter_hygiene"
    extension_url = "/lab"
    load_other_extensions = True

    concurrent_verifications = Int(
        2, min=1, config=True, help="Verifications at a time; others wait their turn."
    )
    queued_verifications = Int(50, min=0, config=True, help="Verifications that may wait for their turn.")
    timeout = Float(
        None,
        allow_none=True,
        config=True,
        help="Seconds for a whole replay where neither request nor settings name any; None: no limit.",
    )
    most_timeout = Float(
        None,
        allow_none=True,
        config=True,
        help="Seconds that a whole replay may take, whatever is asked for; None: any.",
    )
    cell_timeout = Float(
        None,
        allow_none=True,
        config=True,
        help="Seconds for one cell where neither request nor settings name any; None: no limit.",
    )
    interrupt_grace = Float(
        5.0, config=True, help="Seconds in which an interrupted cell must stop before its kernel is killed."
    )
    silence_timeout = Float(
        1800.0,
        allow_none=True,
        min=0.0,
        config=True,
        help="Seconds that a kernel may neither compute nor answer while a cell runs, before it is given up; "
        "None: for ever.",
    )
    start_timeout = Float(60.0, config=True, help="Seconds in which a replay's kernel must answer.")
    keep_kernel_seconds = Float(
        300.0,
        config=True,
        help="Seconds that a replay's kernel is kept for its user to continue in; 0: not at all.",
    )
    most_kept_kernels = Int(2, config=True, help="Replay kernels kept at a time; the oldest goes first.")
    cell_output_limit = Int(
        20_000_000,
        config=True,
        help="Characters of a cell's output that a replay keeps; the rest is cut, and said.",
    )
    runaway_output_limit = Int(
        80_000_000,
        config=True,
        help="Characters cut from a cell's output after which the cell is interrupted.",
    )
    notebook_output_limit = Int(
        400_000_000, config=True, help="Characters of output that a replay keeps of all cells together."
    )
    scratch_limit = Int(
        1_000_000_000,
        config=True,
        help="Bytes that a folder may hold to be copied for a replay in a scratch copy.",
    )
    report_dir = Unicode(config=True, help="Where the last report of each notebook is kept.")
    most_reports = Int(200, config=True, help="Reports kept on disk; the oldest goes first.")
    most_report_bytes = Int(
        1_000_000_000, config=True, help="Bytes of reports kept on disk; the oldest goes first."
    )

    @default("report_dir")
    def _default_report_dir(self) -> str:
        return str(Path(jupyter_data_dir()) / "jupyter_hygiene" / "reports")

    def initialize_settings(self) -> None:
        events = ProgressEvents(self.serverapp.event_logger)
        self._events = events
        store = ReportStore(
            Path(self.report_dir), most_reports=self.most_reports, most_bytes=self.most_report_bytes
        )
        self._jobs = JobManager(
            self.serverapp.kernel_manager,
            self.serverapp.kernel_spec_manager,
            store,
            JobLimits(
                concurrent=self.concurrent_verifications,
                queued=self.queued_verifications,
                kept_kernels=self.most_kept_kernels,
                keep_seconds=self.keep_kernel_seconds,
                start_timeout=self.start_timeout,
            ),
            events.changed,
        )
        outputs = OutputLimits(
            cell=self.cell_output_limit,
            runaway=self.runaway_output_limit,
            notebook=self.notebook_output_limit,
        )
        limits = ServerLimits(
            replay=ReplayLimits(
                timeout=self.timeout,
                cell_timeout=self.cell_timeout,
                interrupt_grace=self.interrupt_grace,
                silence=self.silence_timeout,
                outputs=outputs,
            ),
            most_timeout=self.most_timeout,
            scratch_limit=self.scratch_limit,
        )
        self.settings.update(
            {
                "jupyter_hygiene_jobs": self._jobs,
                "jupyter_hygiene_limits": limits,
                "jupyter_hygiene_analysis": AnalysisDesk(),
            }
        )

    def initialize_handlers(self) -> None:
        self.handlers.extend(handlers())

    async def stop_extension(self) -> None:
        """End every replay and its kernel before the server goes."""
        jobs: Any = getattr(self, "_jobs", None)
        if jobs is not None:
            await jobs.stop()
            self._events.close()
