/** Brings a database to the schema that the code expects. */
package tg.ecom.database;
