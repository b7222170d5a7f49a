import { BannerElement } from './banner.js';

BannerElement.define('placet-banner');
