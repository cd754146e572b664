/** What every function stands on: the API's pipeline, settings, PostgreSQL, AWS, secrets, JSON and the contract. */
package tg.ecom.platform;
