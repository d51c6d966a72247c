/**
 * The icons of the extension: a restart arrow around a check mark, and the diamond of hygiene findings.
 */
import { LabIcon } from '@jupyterlab/ui-components';

import findingsSvg from '../style/icons/findings.svg';
import verifySvg from '../style/icons/verify.svg';

export const verifyIcon = new LabIcon({
  name: 'jupyter-hygiene:verify',
  svgstr: verifySvg
});

export const findingsIcon = new LabIcon({
  name: 'jupyter-hygiene:findings',
  svgstr: findingsSvg
});
