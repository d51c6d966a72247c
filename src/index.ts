/**
 * The plugins of the extension.
 */
import { hygienePlugin } from './plugins/hygiene';
import { reportPlugin } from './plugins/report';
import { stalenessPlugin } from './plugins/staleness';
import { verifyPlugin } from './plugins/verify';

export * from './tokens';
export default [verifyPlugin, reportPlugin, stalenessPlugin, hygienePlugin];
