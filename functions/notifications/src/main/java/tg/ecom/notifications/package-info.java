/** What people are told: in the app, and by SMS where it can't wait until they look. */
package tg.ecom.notifications;
