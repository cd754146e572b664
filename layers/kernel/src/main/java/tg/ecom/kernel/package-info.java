/** Values that cannot be wrong, and errors: what every other part of Ecom is written in. No AWS, no SQL, no JSON. */
package tg.ecom.kernel;
