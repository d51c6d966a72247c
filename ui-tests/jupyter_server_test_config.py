"""One server for the browser tests, of JupyterLab and of Notebook alike."""

import json
import os
import sys
import tempfile
from pathlib import Path

from jupyterlab.galata import configure_jupyter_server

c = get_config()  # noqa: F821

configure_jupyter_server(c)
c.ServerApp.allow_root = True
c.ServerApp.open_browser = False
# Each server works in a folder of its own, where notebooks may write what they like.
c.ServerApp.root_dir = tempfile.mkdtemp(prefix="jupyter-hygiene-ui-")
# What a test sets is set for its server alone, and not for whoever runs the tests.
for app in (c.LabApp, c.JupyterNotebookApp):
    app.user_settings_dir = tempfile.mkdtemp(prefix="jupyter-hygiene-settings-")
    app.workspaces_dir = tempfile.mkdtemp(prefix="jupyter-hygiene-workspaces-")
c.LabApp.news_url = None
# The pictures are taken with commands of the page.
c.JupyterNotebookApp.expose_app_in_browser = True
# What the tests print should be what the tests say.
c.Application.log_level = "ERROR"

# A kernel of another language, where the server looks for kernels.
data = Path(tempfile.mkdtemp(prefix="jupyter-hygiene-data-"))
bash = data / "kernels" / "bash"
bash.mkdir(parents=True)
(bash / "kernel.json").write_text(
    json.dumps(
        {
            "argv": [sys.executable, "-m", "bash_kernel", "-f", "{connection_file}"],
            "display_name": "Bash",
            "language": "bash",
        }
    )
)
os.environ["JUPYTER_PATH"] = str(data)
