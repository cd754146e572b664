/** What is used of the one-machine cloud, counted as AWS's bill counts it, and what it would cost there. */
package tg.ecom.local.usage;
