/**
 * The icon of the extension: a restart arrow around a check mark.
 */
import { LabIcon } from '@jupyterlab/ui-components';

import verifySvg from '../style/icons/verify.svg';

export const verifyIcon = new LabIcon({
  name: 'jupyter-hygiene:verify',
  svgstr: verifySvg
});
