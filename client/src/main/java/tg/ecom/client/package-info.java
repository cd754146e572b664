/**
 * The API as an app calls it over HTTP, and the tools of the one-machine cloud. It knows nothing of how Ecom is made.
 */
package tg.ecom.client;
