// The time: how much was heard when, the events, the window looked at, and the moment shown. Drag the window's edges or the
// moment; Space plays, arrows step.
import {useEffect, useMemo, useRef, useState} from 'preact/hooks';
import {minute, t, word} from '../i18n';
import {useKeys} from '../keyboard';
import {colour, shown} from '../theme';
import type {SeaEvent} from '../types';
import {Icon} from '../ui/icons';

interface Props {
  first: number; last: number; from: number; until: number; time: number;   // seconds since 1970
  counts: Uint32Array; events: SeaEvent[]; onTime: (time: number) => void; onWindow: (from: number, until: number) => void;
}
export const SPEEDS = [300, 900, 3600, 4 * 3600, 24 * 3600];
const HEAT_TOKEN: Record<string, string> = {encounter: 'red', dark_rendezvous: 'red', gap: 'red', port_call: 'red', listed_vessel: 'red', loitering: 'accent'};
export const heatToken = (type: string) => HEAT_TOKEN[type] ?? 'amber';

export function TimeBar({first, last, from, until, time, counts, events, onTime, onWindow}: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [playing, setPlaying] = useState(false);
  const [speed, setSpeed] = useState(3600);
  const [width, setWidth] = useState(600);
  const now = useRef(time);
  now.current = time;
  const height = 56;
  const x = (at: number) => ((at - first) / Math.max(1, last - first)) * width;
  const marks = useMemo(() => events.map((event) => ({type: event.type, start: Date.parse(event.start) / 1000, end: Date.parse(event.end ?? event.start) / 1000})), [events]);

  useEffect(() => {
    if (!playing) return;
    let frame = 0, before = performance.now();
    const step = (at: number) => {
      const next = now.current + ((at - before) / 1000) * speed;
      before = at;
      onTime(next > until ? from : next);
      frame = requestAnimationFrame(step);
    };
    frame = requestAnimationFrame(step);
    return () => cancelAnimationFrame(frame);
  }, [playing, speed, from, until]);
  const step = (seconds: number) => onTime(Math.max(from, Math.min(until, now.current + seconds)));
  const faster = (by: number) => setSpeed((old) => SPEEDS[Math.max(0, Math.min(SPEEDS.length - 1, SPEEDS.indexOf(old) + by))]!);
  useKeys([{keys: ' ', says: 'map.key.play', run: () => setPlaying((on) => !on)}, {keys: 'ArrowRight', says: 'map.key.later', run: () => step(speed / 6)}, {keys: 'ArrowLeft', says: 'map.key.earlier', run: () => step(-speed / 6)},
    {keys: ']', says: 'map.key.faster', run: () => faster(1)}, {keys: '[', says: 'map.key.slower', run: () => faster(-1)}], [from, until, speed]);

  useEffect(() => {
    const watch = new ResizeObserver(([entry]) => setWidth(Math.max(200, entry!.contentRect.width)));
    if (canvas.current) watch.observe(canvas.current.parentElement!);
    return () => watch.disconnect();
  }, []);
  useEffect(() => {
    const node = canvas.current;
    if (!node) return;
    const ratio = devicePixelRatio || 1;
    node.width = width * ratio; node.height = height * ratio;
    const g = node.getContext('2d')!;
    g.scale(ratio, ratio);
    g.clearRect(0, 0, width, height);
    const most = counts.reduce((a, b) => Math.max(a, b), 1), base = height - 18, bar = width / counts.length;
    const soft = colour('soft'), line = colour('line'), accent = colour('accent');
    g.fillStyle = accent;
    for (let i = 0; i < counts.length; i++) {
      const at = first + ((i + 0.5) / counts.length) * (last - first);
      g.globalAlpha = at >= from && at <= until ? 0.55 : 0.16;
      const tall = (counts[i]! / most) * (base - 12);
      g.fillRect(i * bar, base - tall, Math.max(0.6, bar - 0.6), tall);
    }
    for (const mark of marks) {
      g.globalAlpha = mark.end >= from && mark.start <= until ? 0.95 : 0.25;
      g.fillStyle = colours(heatToken(mark.type));
      g.fillRect(x(mark.start), 2, Math.max(2, x(mark.end) - x(mark.start)), 4);
    }
    g.globalAlpha = 1;
    g.strokeStyle = line; g.fillStyle = soft; g.font = `11px ${getComputedStyle(node).fontFamily}`;
    g.beginPath(); g.moveTo(0, base + 0.5); g.lineTo(width, base + 0.5); g.stroke();
    const hours = (last - first) / 3600, every = [1, 3, 6, 12, 24, 48, 168, 720, 2160].find((each) => hours / each <= width / 90) ?? 8760;
    for (let at = Math.ceil(first / (every * 3600)) * every * 3600; at <= last; at += every * 3600) {
      const iso = new Date(at * 1000).toISOString(), px = x(at);
      g.fillRect(px, base, 1, 4);
      g.fillText(iso.slice(11, 16) === '00:00' ? iso.slice(5, 10) : iso.slice(11, 16), Math.min(px + 3, width - 32), height - 4);
    }
  }, [width, counts, marks, from, until, first, last, shown.value]);

  const drag = useRef<'time' | 'from' | 'until' | null>(null);
  const timeOf = (event: PointerEvent) => first + (Math.max(0, Math.min(width, event.clientX - canvas.current!.getBoundingClientRect().left)) / width) * (last - first);
  const down = (event: PointerEvent) => {
    const at = event.clientX - canvas.current!.getBoundingClientRect().left;
    drag.current = Math.abs(at - x(from)) < 7 && Math.abs(at - x(time)) > 7 ? 'from' : Math.abs(at - x(until)) < 7 && Math.abs(at - x(time)) > 7 ? 'until' : 'time';
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    move(event);
  };
  const move = (event: PointerEvent) => {
    if (!drag.current) return;
    const at = timeOf(event);
    if (drag.current === 'time') onTime(Math.max(from, Math.min(until, at)));
    else if (drag.current === 'from') onWindow(Math.min(at, until - 600), until);
    else onWindow(from, Math.max(at, from + 600));
  };
  const place = (name: string, at: number) => (node: HTMLElement | null) => { node?.style.setProperty(name, `${at}px`); };
  const spoken = minute(time * 1000);
  return <div class="timebar">
    <div class="timebar-keys">
      <button type="button" class="main" onClick={() => setPlaying(!playing)} aria-label={t(playing ? 'map.pause' : 'map.play')}><Icon name={playing ? 'pause' : 'play'} /></button>
      <label><span class="only-read">{t('map.speed')}</span><select value={speed} onChange={(event) => setSpeed(+event.currentTarget.value)}>
        {SPEEDS.map((each) => <option key={each} value={each}>{t('map.perSecond', {what: each < 3600 ? `${each / 60} min` : `${each / 3600} h`})}</option>)}</select></label>
      <output class="clock tnum">{spoken} <small>UTC</small></output>
    </div>
    <div class="timebar-box">
      <canvas ref={canvas} height={height} role="slider" tabIndex={0} aria-label={t('map.time')} aria-valuemin={Math.round(from)} aria-valuemax={Math.round(until)} aria-valuenow={Math.round(time)} aria-valuetext={`${spoken} UTC`}
        title={t('map.timeHint', {events: [...new Set(events.map((event) => word('event', event.type)))].join(', ')})}
        onPointerDown={down} onPointerMove={move} onPointerUp={() => { drag.current = null; }} onPointerCancel={() => { drag.current = null; }} />
      <i class="edge" ref={place('left', x(from))} /><i class="edge" ref={place('left', x(until))} /><i class="moment" ref={place('left', x(time))} />
    </div>
    <button type="button" class="plain" disabled={from <= first && until >= last} onClick={() => onWindow(first, last)}>{t('map.all')}</button>
  </div>;
}
const cache = new Map<string, string>();
function colours(token: string) {
  const key = `${shown.peek()} ${token}`;
  if (!cache.has(key)) cache.set(key, colour(token));
  return cache.get(key)!;
}
