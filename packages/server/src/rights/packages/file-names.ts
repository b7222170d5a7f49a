/** Names that a system keeps for its devices, whatever follows after a dot. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)$/;
const LONGEST = 60;

/** Makes names of files out of names that may be anything: no path, nothing hidden, none twice. */
export function createFileNames(): (system: string, category: string) => string {
  const taken = new Set<string>();
  return (system, category) => {
    const base = plain(`${system}-${category}`);
    let name = base;
    for (let n = 2; taken.has(name); n += 1) name = `${base}-${n}`;
    taken.add(name);
    return name;
  };
}

function plain(text: string): string {
  const name = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST)
    .replace(/^-|-$/g, '');
  return name === '' || DEVICE.test(name) ? `data-${name}`.replace(/-$/, '') : name;
}
