/**
 * The plugins of the extension.
 */
import { reportPlugin } from './plugins/report';
import { verifyPlugin } from './plugins/verify';

export * from './tokens';
export default [verifyPlugin, reportPlugin];
