// The dictionaries: every language has the same keys and places to fill, and every key the page asks for is there.
import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';

const web = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../web');
const faults = [];
const languages = readdirSync(path.join(web, 'i18n')).map((file) => [file, JSON.parse(readFileSync(path.join(web, 'i18n', file), 'utf8'))]);
const [, first] = languages.find(([file]) => file === 'en.json');
const places = (text) => [...text.matchAll(/\{(\w+)\}/g)].map((found) => found[1]).sort().join();
for (const [file, words] of languages) {
  for (const key of Object.keys(first)) if (!(key in words)) faults.push(`${file}: "${key}" is missing`);
  for (const [key, text] of Object.entries(words)) {
    if (!(key in first)) faults.push(`${file}: "${key}" is not in en.json`);
    else if (places(text) !== places(first[key])) faults.push(`${file}: "${key}" fills {${places(text)}}, en.json {${places(first[key])}}`);
    if (!text.trim()) faults.push(`${file}: "${key}" is empty`);
  }
}
const sources = ['src', 'src/views', 'src/ui', 'src/map', 'shared', 'report'].flatMap((folder) =>
  readdirSync(path.join(web, folder)).filter((file) => /\.(tsx?|js)$/.test(file)).map((file) => path.join(folder, file)));
let asked = 0;
for (const file of sources) {
  const text = readFileSync(path.join(web, file), 'utf8');
  for (const [, key] of text.matchAll(/\b(?:t|say)\('([a-zA-Z]\w*(?:\.\w+)+)'/g)) {
    asked++;
    if (!(key in first) && !(`${key}.other` in first)) faults.push(`web/${file}: asks for "${key}", which no dictionary has`);
  }
}
if (asked < 100) faults.push(`only ${asked} keys were found in the sources: this test no longer reads them`);
faults.forEach((fault) => console.log(fault));
if (faults.length) process.exit(1);
console.log(`${languages.length} languages, ${Object.keys(first).length} keys, ${asked} uses`);
