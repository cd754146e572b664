/** Lambda on one machine: instances of handlers, the Invoke API, and functions in processes of their own. */
package tg.ecom.local.lambda;
