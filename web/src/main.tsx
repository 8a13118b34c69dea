import './inert';
import './theme';
import {render} from 'preact';
import {unfoldOnPaper} from '../shared/dom.js';
import {App} from './app';
import {language, setLanguage} from './i18n';

setLanguage(language.peek());
unfoldOnPaper();
render(<App />, document.getElementById('app')!);
