export { tellPlatforms as mount } from '@placet/core';
