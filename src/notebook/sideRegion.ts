/**
 * What every side panel of ours is to assistive technology and to the keyboard: a named region that can
 * take the focus, and that Escape leaves.
 */
import type { LabIcon } from '@jupyterlab/ui-components';
import type { Widget } from '@lumino/widgets';

export function asSideRegion(
  panel: Widget,
  icon: LabIcon,
  caption: string,
  leave: () => void
): void {
  panel.title.icon = icon;
  panel.title.caption = caption;
  panel.node.setAttribute('role', 'region');
  panel.node.setAttribute('aria-label', caption);
  // Takes the focus when it is opened, and when what had the focus in it is gone.
  panel.node.tabIndex = -1;
  panel.node.addEventListener('keydown', event => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      leave();
    }
  });
}
