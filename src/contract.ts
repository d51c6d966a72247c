/**
 * The wire contract, generated from jupyter_hygiene/schemas/api.schema.json by `jlpm contract`.
 * Do not edit it by hand.
 */
/* eslint-disable */

/**
 * What an experienced reader says of one output.
 */
export type OutputVerdict =
  'same' | 'cosmetic' | 'changed' | 'nondeterministic' | 'not_comparable';
/**
 * What is said of one code cell: the worst of its outputs, or why there is nothing to compare.
 */
export type CellVerdict =
  | 'same'
  | 'cosmetic'
  | 'changed'
  | 'nondeterministic'
  | 'not_comparable'
  | 'failed'
  | 'unsaved'
  | 'skipped'
  | 'not_reached';
/**
 * What is said of the whole notebook.
 */
export type NotebookVerdict =
  'reproduced' | 'differs' | 'failed' | 'unverified';
/**
 * Why a cell differs or fails.
 */
export type Cause =
  | 'edited'
  | 'hidden_state'
  | 'out_of_order'
  | 'nondeterminism'
  | 'upstream'
  | 'environment'
  | 'external'
  | 'unknown';
/**
 * Where a verification stands. The last three are final.
 */
export type State =
  'queued' | 'starting' | 'running' | 'done' | 'cancelled' | 'error';
/**
 * What became of a prediction: predicted fresh and reproduced (held), or differing for a reason that no prediction can know (explained), or for none (missed); predicted otherwise and differing (caught), or not (cautious).
 */
export type PredictionOutcome =
  'held' | 'caught' | 'cautious' | 'explained' | 'missed';
/**
 * What is predicted of a cell: whether a clean run would do what its last run did.
 */
export type CellStatus =
  'fresh' | 'edited' | 'stale' | 'interrupted' | 'unknown' | 'unrun';
/**
 * Where two outputs differ, ready to draw.
 */
export type Difference =
  TextDifference | TableDifference | ImageDifference | StructureDifference;
/**
 * Why a cell is not fresh, in a word.
 */
export type ReasonKind =
  | 'edited'
  | 'upstream'
  | 'redefined'
  | 'not_run'
  | 'deleted'
  | 'below'
  | 'outside'
  | 'undefined'
  | 'repeated'
  | 'state'
  | 'interrupted'
  | 'unreadable'
  | 'unrun'
  | 'unanalysed'
  | 'draws'
  | 'not_shown';
/**
 * How grave a finding is.
 */
export type Severity = 'error' | 'warning' | 'info';
/**
 * What a hygiene rule is about.
 */
export type Family =
  | 'State'
  | 'Structure'
  | 'Imports'
  | 'Environment'
  | 'Portability'
  | 'Version control'
  | 'Machine learning';
/**
 * One change of a notebook.
 */
export type Edit =
  | SourceEdit
  | DeleteCell
  | InsertCell
  | ClearOutputs
  | ClearCount
  | DropMetadata;

/**
 * What travels between the server extension, the command line and the browser. TypeScript types are generated from this file.
 */
export interface Contract {
  OutputVerdict: OutputVerdict;
  CellVerdict: CellVerdict;
  NotebookVerdict: NotebookVerdict;
  Cause: Cause;
  State: State;
  Output: Output;
  Notebook: Notebook;
  Options: Options;
  VerificationRequest: VerificationRequest;
  Progress: Progress;
  CellMark: CellMark;
  OutputComparison: OutputComparison;
  ReplayError: ReplayError;
  PredictionOutcome: PredictionOutcome;
  Prediction: Prediction;
  PredictionTotals: PredictionTotals;
  Explanation: Explanation;
  RootCause: RootCause;
  CellReport: CellReport;
  FileChange: FileChange;
  KernelInfo: KernelInfo;
  Report: Report;
  Failure: Failure;
  KeptKernel: KeptKernel;
  Verification: Verification;
  VerificationList: VerificationList;
  Span: Span;
  TextDifference: TextDifference;
  CellPosition: CellPosition;
  TableDifference: TableDifference;
  ImageDifference: ImageDifference;
  ValueChange: ValueChange;
  StructureDifference: StructureDifference;
  Difference: Difference;
  OutputDetail: OutputDetail;
  CellDetail: CellDetail;
  MatchRequest: MatchRequest;
  MatchReply: MatchReply;
  ReplayedCells: ReplayedCells;
  KernelHandover: KernelHandover;
  CompareRequest: CompareRequest;
  CellStatus: CellStatus;
  ReasonKind: ReasonKind;
  Move: Move;
  AnalyzedCell: AnalyzedCell;
  Run: Run;
  AnalyzeRequest: AnalyzeRequest;
  Reason: Reason;
  CellAnalysis: CellAnalysis;
  Edge: Edge;
  Analysis: Analysis;
  UnknownBase: UnknownBase;
  Severity: Severity;
  Family: Family;
  Rule: Rule;
  RuleList: RuleList;
  SourceEdit: SourceEdit;
  DeleteCell: DeleteCell;
  InsertCell: InsertCell;
  ClearOutputs: ClearOutputs;
  ClearCount: ClearCount;
  DropMetadata: DropMetadata;
  Edit: Edit;
  Fix: Fix;
  Finding: Finding;
  CheckRequest: CheckRequest;
  CheckReply: CheckReply;
  ProgressEvent: ProgressEvent;
  CompactReport: CompactReport;
}
/**
 * An output as nbformat 4 has it.
 */
export interface Output {
  output_type: string;
  [k: string]: unknown;
}
/**
 * A notebook as nbformat 4 has it.
 */
export interface Notebook {
  cells: {
    [k: string]: unknown;
  }[];
  metadata?: {
    [k: string]: unknown;
  };
  nbformat?: number;
  nbformat_minor?: number;
  [k: string]: unknown;
}
/**
 * How to replay. Everything may be left out.
 */
export interface Options {
  /**
   * How many replays to make.
   */
  repeat?: number;
  timeout?: number | null;
  cell_timeout?: number | null;
  /**
   * Go on after a cell that raises.
   */
  keep_going?: boolean;
  /**
   * Replay in a temporary copy of the notebook's folder.
   */
  scratch?: boolean;
  /**
   * Settings with the keys of [tool.jupyter-hygiene], such as rel-tolerance; they come before those of pyproject.toml, the notebook and its cells. What is wrong with one is told as kind invalid_settings.
   */
  settings?: {
    [k: string]: unknown;
  };
}
/**
 * Body of POST verifications.
 */
export interface VerificationRequest {
  /**
   * The notebook's path in the contents manager.
   */
  path: string;
  notebook: Notebook;
  kernel_name?: string | null;
  options?: Options;
  history?: Run[] | null;
  [k: string]: unknown;
}
/**
 * One execution of code by a kernel.
 */
export interface Run {
  execution_count?: number | null;
  /**
   * Source as it ran.
   */
  source: string;
  cell_id?: string | null;
  /**
   * How it ended.
   */
  status?: 'ok' | 'error' | 'interrupted' | 'unknown';
  traceback?: string | string[] | null;
  [k: string]: unknown;
}
/**
 * How far the replay is, in code cells.
 */
export interface Progress {
  /**
   * Code cells decided.
   */
  done: number;
  /**
   * Code cells in all.
   */
  total: number;
  cell_id: string | null;
}
/**
 * The verdict of one cell, as soon as it is decided.
 */
export interface CellMark {
  /**
   * Cell id.
   */
  id: string;
  /**
   * Position among all cells, from 0.
   */
  index: number;
  verdict: CellVerdict;
  /**
   * One sentence for a reader.
   */
  summary: string;
}
/**
 * The comparison of one output.
 */
export interface OutputComparison {
  verdict: OutputVerdict;
  /**
   * MIME type that decided; stream/stdout, stream/stderr or error for those.
   */
  mime: string;
  /**
   * One sentence: why the verdict is what it is.
   */
  summary: string;
  /**
   * Names of the normalisers that excused something.
   */
  normalised: string[];
}
/**
 * The error that ended a cell.
 */
export interface ReplayError {
  /**
   * Exception type, or a name of ours: Timeout, KernelDied, OutputLimit, AsksForInput.
   */
  name: string;
  /**
   * What it said.
   */
  message: string;
  hint: string | null;
}
/**
 * What was predicted of a cell before its replay, and what became of that.
 */
export interface Prediction {
  status: CellStatus;
  message: string | null;
  outcome: PredictionOutcome | null;
  cause: Cause | null;
  explanation: string | null;
}
/**
 * How many cells had which outcome.
 */
export interface PredictionTotals {
  /**
   * What the runs were known from: a kernel's history, or the counts on the page.
   */
  basis: 'kernel' | 'file';
  /**
   * Predicted fresh, and reproduced.
   */
  held: number;
  /**
   * Predicted otherwise, and differing.
   */
  caught: number;
  /**
   * Predicted otherwise, and yet reproduced.
   */
  cautious: number;
  /**
   * Predicted fresh; differs for a reason that no prediction can know.
   */
  explained: number;
  /**
   * Predicted fresh; differs for no reason that is known.
   */
  missed: number;
}
/**
 * Why a cell has the verdict that it has.
 */
export interface Explanation {
  /**
   * One sentence.
   */
  message: string;
  /**
   * The one thing that helps; empty if there is none.
   */
  action: string;
  cell_id: string | null;
  line: number | null;
  name: string | null;
}
/**
 * One problem, and the cells that differ or fail because of it.
 */
export interface RootCause {
  cause: Cause;
  /**
   * One sentence.
   */
  message: string;
  /**
   * The one thing that helps.
   */
  action: string;
  cell_id: string | null;
  line: number | null;
  /**
   * Ids of the cells, in document order.
   */
  cells: string[];
}
/**
 * All that is said of one code cell.
 */
export interface CellReport {
  /**
   * Cell id.
   */
  id: string;
  /**
   * Position among all cells, from 0.
   */
  index: number;
  verdict: CellVerdict;
  cause: Cause | null;
  /**
   * Wall time of the cell in the replay.
   */
  seconds: number;
  /**
   * One sentence for a reader.
   */
  summary: string;
  execution_count: number | null;
  error: ReplayError | null;
  outputs: OutputComparison[];
  prediction: Prediction | null;
  explanation: Explanation | null;
}
/**
 * A file that the replay touched in the notebook's folder.
 */
export interface FileChange {
  /**
   * Relative to that folder.
   */
  path: string;
  change: 'created' | 'changed' | 'deleted';
}
/**
 * The kernel that the replay used.
 */
export interface KernelInfo {
  /**
   * Kernel spec name.
   */
  name: string;
  /**
   * For people.
   */
  display_name: string;
  /**
   * Programming language.
   */
  language: string;
}
/**
 * The outcome of a verification.
 */
export interface Report {
  /**
   * Notebook.
   */
  path: string;
  verdict: NotebookVerdict;
  /**
   * The outcome in words, such as: Reproduced: 38 same, 2 cosmetic.
   */
  headline: string;
  /**
   * Wall time in all.
   */
  seconds: number;
  /**
   * When it ended, ISO 8601 in UTC.
   */
  created: string;
  /**
   * Code cells by verdict.
   */
  counts: {
    [k: string]: number;
  };
  kernel: KernelInfo;
  options: Options;
  files: FileChange[];
  /**
   * What a reader should know besides.
   */
  notes: string[];
  cells: CellReport[];
  predictions: PredictionTotals | null;
  /**
   * The problems, most important first.
   */
  root_causes: RootCause[];
}
/**
 * Why something could not be done, and what to do.
 */
export interface Failure {
  /**
   * Stable name of the error.
   */
  kind: string;
  /**
   * For people.
   */
  message: string;
  /**
   * The verification concerned, if any.
   */
  verification_id?: string;
}
/**
 * The replay's kernel, kept for a while.
 */
export interface KeptKernel {
  /**
   * When it is shut down, ISO 8601 in UTC.
   */
  expires: string;
}
/**
 * A verification: GET verifications/{id}.
 */
export interface Verification {
  /**
   * Verification id.
   */
  id: string;
  /**
   * Notebook.
   */
  path: string;
  state: State;
  /**
   * Grows with every change.
   */
  revision: number;
  /**
   * When it was asked for, ISO 8601 in UTC.
   */
  created: string;
  progress: Progress;
  /**
   * Cells decided so far, in document order.
   */
  cells: CellMark[];
  report: Report | null;
  error: Failure | null;
  kernel: KeptKernel | null;
}
/**
 * Reply of GET verifications?path=…: the running verification of that notebook, else its last.
 */
export interface VerificationList {
  verifications: Verification[];
}
/**
 * A run of text.
 */
export interface Span {
  text: string;
  /**
   * excused: it differs, and a normaliser says that this has no meaning.
   */
  mark: 'same' | 'changed' | 'excused';
}
/**
 * Two texts, with the differing characters marked.
 */
export interface TextDifference {
  kind: 'text';
  saved: Span[];
  replayed: Span[];
}
/**
 * A cell of an HTML table: the n-th table, its n-th tr, that row's n-th td or th, all from 0 in document order.
 */
export interface CellPosition {
  /**
   * Table.
   */
  table: number;
  /**
   * Row.
   */
  row: number;
  /**
   * Cell in the row.
   */
  column: number;
  mark: 'changed' | 'excused';
}
/**
 * Two tables: the cells that differ, on either side.
 */
export interface TableDifference {
  kind: 'table';
  saved: CellPosition[];
  replayed: CellPosition[];
}
/**
 * Two pictures: where their pixels differ.
 */
export interface ImageDifference {
  kind: 'image';
  picture: string | null;
  /**
   * Share of pixels that differ, 0 to 1.
   */
  fraction: number;
  saved_size: number[] | null;
  replayed_size: number[] | null;
}
/**
 * A value in a structure.
 */
export interface ValueChange {
  /**
   * Where, such as data[0].y[2].
   */
  path: string;
  saved: string | null;
  replayed: string | null;
  mark: 'changed' | 'excused';
}
/**
 * Two JSON values: what differs in them.
 */
export interface StructureDifference {
  kind: 'structure';
  changes: ValueChange[];
}
/**
 * One output with what was compared.
 */
export interface OutputDetail {
  verdict: OutputVerdict;
  /**
   * As in OutputComparison.
   */
  mime: string;
  /**
   * As in OutputComparison.
   */
  summary: string;
  normalised: string[];
  saved: Output | null;
  replayed: Output | null;
  difference: Difference | null;
}
/**
 * Reply of GET verifications/{id}/cells/{cell_id}: a cell's outputs side by side.
 */
export interface CellDetail {
  /**
   * Cell id.
   */
  id: string;
  /**
   * Position.
   */
  index: number;
  /**
   * As it was replayed.
   */
  source: string;
  verdict: CellVerdict;
  execution_count: number | null;
  saved_outputs: Output[];
  replayed_outputs: Output[];
  outputs: OutputDetail[];
}
/**
 * Body of POST verifications/{id}/match.
 */
export interface MatchRequest {
  notebook: Notebook;
  /**
   * Cells, by id, that are known to show what they did when they were verified (current) or what the replay gave (taken). Their outputs need not be sent.
   */
  known?: {
    [k: string]: 'current' | 'taken';
  };
}
/**
 * Which verdicts still hold of the cells as they stand, and which are decided anew.
 */
export interface MatchReply {
  cells: {
    /**
     * Cell id.
     */
    id: string;
    /**
     * current: the cell is as it was verified; taken: its outputs are the replayed ones; judged: its outputs are others, and the verdict is of those; outdated: its code, or code that it depends on, is another one.
     */
    status: 'current' | 'taken' | 'judged' | 'outdated';
    /**
     * The verdict that holds, or held until it was outdated; null while the replay goes on.
     */
    verdict: CellVerdict | null;
    /**
     * What the verdict means here, or why it is outdated.
     */
    summary: string;
  }[];
  /**
   * Of the notebook, by the verdicts that hold; null where none does, or while the replay goes on.
   */
  verdict: NotebookVerdict | null;
  /**
   * The same in words.
   */
  headline: string | null;
}
/**
 * Reply of GET verifications/{id}/outputs: what the replay gave, to take over.
 */
export interface ReplayedCells {
  cells: {
    /**
     * Cell id.
     */
    id: string;
    execution_count: number | null;
    outputs: Output[];
  }[];
}
/**
 * Reply of POST verifications/{id}/kernel: the kernel is now the caller's.
 */
export interface KernelHandover {
  /**
   * Kernel id.
   */
  kernel_id: string;
  /**
   * Kernel spec name.
   */
  kernel_name: string;
  /**
   * Which cell each run of that kernel was, oldest first.
   */
  runs: {
    /**
     * Cell id.
     */
    cell_id: string;
    /**
     * Count.
     */
    execution_count: number;
  }[];
}
/**
 * Body of POST compare.
 */
export interface CompareRequest {
  saved: Notebook;
  replayed: Notebook;
  options?: Options;
  [k: string]: unknown;
}
/**
 * A cell to be moved above or below another one.
 */
export interface Move {
  /**
   * The cell to move.
   */
  cell_id: string;
  /**
   * The cell that it is to stand next to.
   */
  anchor_id: string;
  /**
   * On which side of it.
   */
  side: 'above' | 'below';
}
/**
 * A cell as it stands in the document.
 */
export interface AnalyzedCell {
  /**
   * Cell id.
   */
  id: string;
  /**
   * code, markdown or raw.
   */
  type: string;
  /**
   * Source as on screen.
   */
  source: string;
  execution_count?: number | null;
  /**
   * The cell's tags.
   */
  tags?: string[];
  [k: string]: unknown;
}
/**
 * Body of POST analyze, and a line of the command line's analyze. With a base, only what changed since the request that was answered with this token.
 */
export interface AnalyzeRequest {
  /**
   * The language of the code (default: python).
   */
  language?: string;
  /**
   * What the runs are known from: a kernel's history, or the counts in the file alone (default: kernel).
   */
  basis?: 'kernel' | 'file';
  /**
   * All cells in document order; with a base, those that are new or changed.
   */
  cells: AnalyzedCell[];
  /**
   * The runs, oldest first; with a base, those from history_start on.
   */
  history: Run[];
  versions?: {
    [k: string]: string;
  } | null;
  kernel_name?: string | null;
  base?: string | null;
  order?: string[] | null;
  history_start?: number | null;
  [k: string]: unknown;
}
/**
 * Why a cell is not fresh.
 */
export interface Reason {
  kind: ReasonKind;
  name: string | null;
  cell_id: string | null;
  execution_count: number | null;
  /**
   * One plain sentence.
   */
  message: string;
  restore_before: string | null;
}
/**
 * What is predicted of one code cell.
 */
export interface CellAnalysis {
  /**
   * Cell id.
   */
  id: string;
  status: CellStatus;
  order: number | null;
  /**
   * Names it reads before it writes them.
   */
  reads: string[];
  /**
   * Names it binds, changes or deletes, for certain or maybe.
   */
  writes: string[];
  /**
   * Why it is not fresh, the most telling first.
   */
  reasons: Reason[];
  /**
   * The cells to run, in order, after which this one is fresh; empty where it is, or where no list can do it.
   */
  rerun: string[];
  /**
   * Cells that are not fresh on account of this one, in document order.
   */
  dependents: string[];
  hazard: Reason | null;
  /**
   * A move of a cell after which this one is fresh as it is, and no other less so; null where there is none.
   */
  move: Move | null;
  /**
   * Where the page does not show what the cell's last run gave: what the kernel remembers.
   */
  unshown: Reason | null;
}
/**
 * One cell feeds another, as the document stands.
 */
export interface Edge {
  /**
   * The cell that gives.
   */
  from: string;
  /**
   * The cell that takes.
   */
  to: string;
  /**
   * By which name.
   */
  name: string;
}
/**
 * Reply of POST analyze.
 */
export interface Analysis {
  /**
   * What a later request may name as its base.
   */
  token: string;
  /**
   * What the statuses rest on.
   */
  basis: 'kernel' | 'file';
  /**
   * Whether what cells read and write was analysed; false for languages that are not known.
   */
  dependencies: boolean;
  /**
   * All code cells, in document order.
   */
  cells: CellAnalysis[];
  /**
   * Who feeds whom.
   */
  edges: Edge[];
  /**
   * The cells to run, in order, after which all that have run are fresh.
   */
  rerun: string[];
  /**
   * No list of cells makes all fresh, and a restart would.
   */
  restart_needed: boolean;
  /**
   * Fresh cells that would not stay so if they were run again now.
   */
  hazards: string[];
}
/**
 * Reply of POST analyze to a base that is not known (any more): send all.
 */
export interface UnknownBase {
  /**
   * The base is not known.
   */
  unknown_base: true;
}
/**
 * One hygiene rule.
 */
export interface Rule {
  /**
   * What settings, comments and reports name.
   */
  id: string;
  family: Family;
  severity: Severity;
  /**
   * One sentence that says what the rule reports.
   */
  summary: string;
  /**
   * Why it matters.
   */
  why: string;
  /**
   * An example that it reports; cells are separated by lines '# %%'.
   */
  before: string;
  /**
   * The example, mended.
   */
  after: string;
  /**
   * What the fix that it offers does; empty if it offers none.
   */
  fix: string;
  /**
   * Whether it is in the default set.
   */
  on: boolean;
  /**
   * The examples are descriptions, not code.
   */
  in_words: boolean;
}
/**
 * Reply of GET rules.
 */
export interface RuleList {
  rules: Rule[];
}
/**
 * A cell gets another source; not to be carried out where its source is no longer the one before.
 */
export interface SourceEdit {
  kind: 'source';
  /**
   * The cell.
   */
  cell_id: string;
  /**
   * The source that was checked.
   */
  before: string;
  /**
   * The source that it gets.
   */
  after: string;
}
/**
 * A cell goes; not to be carried out where its source is no longer the one before.
 */
export interface DeleteCell {
  kind: 'delete_cell';
  /**
   * The cell.
   */
  cell_id: string;
  /**
   * The source that was checked.
   */
  before: string;
}
/**
 * A code cell comes in.
 */
export interface InsertCell {
  kind: 'insert_cell';
  above: string | null;
  cell_id: string | null;
  /**
   * Its source.
   */
  source: string;
  execution_count: number | null;
}
/**
 * All outputs of a cell go; its execution count stays.
 */
export interface ClearOutputs {
  kind: 'clear_outputs';
  /**
   * The cell.
   */
  cell_id: string;
}
/**
 * A cell's execution count goes, from the cell and from its outputs.
 */
export interface ClearCount {
  kind: 'clear_count';
  /**
   * The cell.
   */
  cell_id: string;
}
/**
 * A key goes from metadata.
 */
export interface DropMetadata {
  kind: 'drop_metadata';
  cell_id: string | null;
  /**
   * The key.
   */
  key: string;
}
/**
 * One way to mend a finding; all its edits or none.
 */
export interface Fix {
  /**
   * What it does, as an order.
   */
  title: string;
  /**
   * It may be carried out unseen; others are to be shown as a diff first.
   */
  safe: boolean;
  edits: Edit[];
}
/**
 * What a hygiene rule reports.
 */
export interface Finding {
  /**
   * The rule's id.
   */
  rule: string;
  severity: Severity;
  cell_id: string | null;
  line: number | null;
  column: number | null;
  /**
   * What is wrong, in one sentence; code stands in backticks.
   */
  message: string;
  /**
   * It lies in what the cell shows, not in its source.
   */
  in_output: boolean;
  fixes: Fix[];
}
/**
 * Body of POST check.
 */
export interface CheckRequest {
  /**
   * Path of the notebook, as the contents API knows it.
   */
  path: string;
  notebook: Notebook;
  history?: Run[] | null;
  kernel_name?: string | null;
  /**
   * Settings that come before those of the project, by their keys in [tool.jupyter-hygiene].
   */
  settings?: {
    [k: string]: unknown;
  };
  /**
   * Ask for one fix that carries out every safe one.
   */
  fix_all?: boolean;
}
/**
 * Reply of POST check.
 */
export interface CheckReply {
  /**
   * In document order; those of the notebook as a whole first.
   */
  findings: Finding[];
  /**
   * How many findings the user has silenced.
   */
  silenced: number;
  /**
   * What a reader should know of the check itself.
   */
  notes: string[];
  /**
   * What was asked for with fix_all; null if nothing can be mended so.
   */
  fix_all: Fix | null;
}
/**
 * Data of a progress event: ids and counts only.
 */
export interface ProgressEvent {
  /**
   * Verification id.
   */
  verification_id: string;
  state: State;
  /**
   * As in Verification.
   */
  revision: number;
  /**
   * Code cells decided.
   */
  done: number;
  /**
   * Code cells in all.
   */
  total: number;
}
/**
 * The --format json of verify and diff.
 */
export interface CompactReport {
  notebooks: {
    /**
     * Notebook.
     */
    path: string;
    verdict: NotebookVerdict;
    /**
     * Wall time.
     */
    seconds: number;
    cells: {
      id: string;
      index: number;
      verdict: CellVerdict;
      cause: Cause | null;
      seconds: number;
      outputs: OutputComparison[];
      prediction?: Prediction | null;
      [k: string]: unknown;
    }[];
    predictions?: PredictionTotals | null;
    [k: string]: unknown;
  }[];
  /**
   * Notebooks that could not be verified or compared.
   */
  problems?: {
    /**
     * Notebook.
     */
    path: string;
    /**
     * Stable name of the error.
     */
    kind: string;
    /**
     * For people.
     */
    message: string;
  }[];
}
