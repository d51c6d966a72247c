/**
 * The part of a translation bundle that `core` needs, so that it stays free of JupyterLab.
 */
export interface IWording {
  __(message: string, ...args: unknown[]): string;
  _n(
    singular: string,
    plural: string,
    count: number,
    ...args: unknown[]
  ): string;
}
