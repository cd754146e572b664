/** State machines as their definitions say them: read, checked, and a type for each kind of state. */
package tg.ecom.states.definition;
