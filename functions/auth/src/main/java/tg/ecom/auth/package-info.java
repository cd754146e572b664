/** Who people are: signing up and in, sessions, tokens, and the person signed in. */
package tg.ecom.auth;
