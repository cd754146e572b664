/**
 * The books: wallets, postings, holds, and the directory of who holds them. Owns the tables of PostgreSQL's schema
 * ledger.
 */
package tg.ecom.ledger;
