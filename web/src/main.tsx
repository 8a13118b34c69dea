import './inert';
import './theme';
import {render} from 'preact';
import {App} from './app';
import {language, setLanguage} from './i18n';

setLanguage(language.peek());
render(<App />, document.getElementById('app')!);
