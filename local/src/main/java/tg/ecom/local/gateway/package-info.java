/** The one address: CloudFront and API Gateway's HTTP APIs, with the AWS endpoints, the docs and the tools. */
package tg.ecom.local.gateway;
