/** The wallet as people see it: balance, transactions, and money sent to each other. */
package tg.ecom.wallet;
