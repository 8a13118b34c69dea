// A file dropped anywhere is analysed by the program, and opens in the view that fits what it is.
import {signal} from '@preact/signals';
import {useEffect, useState} from 'preact/hooks';
import {api} from './api';
import {t} from './i18n';
import {go} from './router';
import type {Analysis} from './types';
import {fail, toast} from './ui/toast';

/** What the last dropped file was; the view that fits it shows it. */
export const analysis = signal<(Analysis & {name: string}) | null>(null);
const VIEW_OF: Record<string, string> = {ais: 'map', positions: 'map', events: 'map', names: 'screen', queries: 'screen', list: 'screen', ownership: 'network', graph: 'network', facts: 'law'};

export async function dropped(file: File) {
  toast(t('drop.reading', {name: file.name}));
  try {
    const answer = await api.analyse(file);
    analysis.value = {...answer, name: file.name};
    toast(`${file.name}: ${typeof answer.summary === 'string' ? answer.summary : answer.kind}`, 'good');
    const view = VIEW_OF[answer.kind];
    if (view) go(view, '', {file: file.name});
  } catch (error) { fail(error); }
}

export function DropZone() {
  const [over, setOver] = useState(false);
  useEffect(() => {
    let depth = 0;
    const hasFile = (event: DragEvent) => event.dataTransfer?.types.includes('Files');
    const enter = (event: DragEvent) => { if (hasFile(event)) { depth++; setOver(true); event.preventDefault(); } };
    const leave = () => { depth = Math.max(0, depth - 1); if (!depth) setOver(false); };
    const hold = (event: DragEvent) => { if (hasFile(event)) event.preventDefault(); };
    const drop = (event: DragEvent) => {
      depth = 0; setOver(false);
      const file = event.dataTransfer?.files[0];
      if (file) { event.preventDefault(); void dropped(file); }
    };
    addEventListener('dragenter', enter); addEventListener('dragleave', leave); addEventListener('dragover', hold); addEventListener('drop', drop);
    return () => { removeEventListener('dragenter', enter); removeEventListener('dragleave', leave); removeEventListener('dragover', hold); removeEventListener('drop', drop); };
  }, []);
  return over ? <div class="drop"><p>{t('drop.here')}</p><small>{t('drop.kinds')}</small></div> : null;
}
