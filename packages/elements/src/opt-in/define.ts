import { OptInElement } from './opt-in.js';

OptInElement.define('placet-opt-in');
