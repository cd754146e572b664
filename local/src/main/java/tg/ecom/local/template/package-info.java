/** Reads the CloudFormation templates into what the one-machine cloud has to run. */
package tg.ecom.local.template;
