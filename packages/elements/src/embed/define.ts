import { EmbedElement } from './embed.js';

EmbedElement.define('placet-embed');
