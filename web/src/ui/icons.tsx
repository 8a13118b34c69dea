// Drawn on a 24-unit grid, one line weight, in the colour of the text around them.
const PATHS: Record<string, string> = {
  brand: 'M12 3a9 9 0 1 0 9 9M12 6.5l4 9.5-4-2.3L8 16z',
  watch: 'M4 6h10M4 12h16M4 18h7M18 6h2',
  map: 'M3 6l6-2 6 2 6-2v14l-6 2-6-2-6 2zM9 4v14M15 6v14',
  screen: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5L21 21M8 10.5h5',
  network: 'M12 7.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM5 21a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM19 21a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM11 7.3L6 16.2M13 7.3l5 8.9M7.5 18.5h9',
  patrol: 'M3 17l9 4 9-4M12 3v11M12 4l6 9h-6M4 14h16',
  posture: 'M4 20V11M9.3 20V5M14.7 20v-7M20 20V8M2 20.5h20',
  law: 'M12 3v18M7 21h10M5 6h14M5 6l-3 7a3 3 0 0 0 6 0zM19 6l-3 7a3 3 0 0 0 6 0z',
  permits: 'M6 3h8l5 5v13H6zM14 3v5h5M9 14l2 2 4-4',
  cases: 'M3 8h18v12H3zM9 8V5h6v3M3 13h18',
  ledger: 'M5 4h12a2 2 0 0 1 2 2v14H7a2 2 0 0 1-2-2zM5 18a2 2 0 0 1 2-2h12M9 8h6M9 11h4',
  keys: 'M3 7h18v11H3zM7 11h.01M11 11h.01M15 11h.01M8 15h8',
  open: 'M12 15V4M8 8l4-4 4 4M4 15v5h16v-5',
  sun: 'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 2v2M12 20v2M4.9 4.9l1.4 1.4M17.7 17.7l1.4 1.4M2 12h2M20 12h2M4.9 19.1l1.4-1.4M17.7 6.3l1.4-1.4',
  moon: 'M20 14.5A8 8 0 1 1 9.5 4a6.5 6.5 0 0 0 10.5 10.5z',
  play: 'M7 4.5v15l12-7.5z', pause: 'M7 5v14M17 5v14', draw: 'M4 7l7-4 9 6-3 11H6zM4 7h.01M11 3h.01M20 9h.01M17 20h.01M6 20h.01',
  filter: 'M3 5h18l-7 8v6l-4-2v-4z', close: 'M6 6l12 12M18 6L6 18', print: 'M7 8V3h10v5M7 17H4V8h16v9h-3M7 14h10v7H7z',
  save: 'M12 4v11M8 11l4 4 4-4M4 18v2h16v-2', link: 'M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1', back: 'M15 5l-7 7 7 7',
};
export const Icon = ({name}: {name: string}) => <svg class="icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false"><path d={PATHS[name] ?? ''} /></svg>;
