/**
 * What a cell shows of what is predicted of it: compared before the page is touched.
 */
import type { ISurroundings, IWarning } from './cures';
import { warningOf } from './cures';
import type { IPrediction, ShownStatus } from './statuses';
import { TONES, gutterSentence, gutterText } from './statuses';
import type { Tone } from './verdicts';
import type { IWording } from './wording';

/** Which of the drawings are wanted. */
export interface IShown {
  gutter: boolean;
  warnings: boolean;
  hazards: boolean;
  links: boolean;
}

export interface IGutter {
  status: ShownStatus;
  tone: Tone;
  isOutOfOrder: boolean;
  /** A few signs. */
  text: string;
  /** All that is known of the cell, in sentences. */
  words: string;
}

export interface IDrawing {
  gutter: IGutter | null;
  warning: IWarning | null;
}

export function drawingOf(
  cellId: string,
  surroundings: ISurroundings,
  shown: IShown,
  trans: IWording
): IDrawing {
  const prediction = surroundings.prediction(cellId);
  if (!prediction) {
    return { gutter: null, warning: null };
  }
  return {
    gutter: shown.gutter
      ? gutterOf(
          shown.hazards ? prediction : { ...prediction, hazard: null },
          trans
        )
      : null,
    warning: shown.warnings
      ? warningOf(cellId, surroundings, shown.hazards, trans)
      : null
  };
}

function gutterOf(prediction: IPrediction, trans: IWording): IGutter {
  return {
    status: prediction.status,
    tone: TONES[prediction.status],
    isOutOfOrder: prediction.isOutOfOrder,
    text: gutterText(prediction),
    words: gutterSentence(prediction, trans)
  };
}
