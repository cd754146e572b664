/** The one-machine cloud: the templates, read and run. */
package tg.ecom.local;
