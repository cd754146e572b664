/** JSONata as state machines use it: expressions between {@code {%} and {@code %}}, anywhere in a JSON value. */
package tg.ecom.states.expression;
