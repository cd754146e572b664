/** The queues of the templates: made, filled by topics and emptied by functions as SQS and Lambda do it. */
package tg.ecom.local.queues;
