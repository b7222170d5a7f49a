import { MyDataElement } from './my-data.js';

MyDataElement.define('placet-my-data');
