/** The real servers of the one-machine cloud: PostgreSQL, DynamoDB Local, ElasticMQ and S3Proxy, all on 127.0.0.1. */
package tg.ecom.local.parts;
