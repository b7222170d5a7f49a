import { SubscriptionsElement } from './subscriptions.js';

SubscriptionsElement.define('placet-subscriptions');
