/**
 * An interpreter of the Amazon States Language in its JSONata form, behind the API of AWS Step Functions, durable in
 * PostgreSQL. {@link tg.ecom.states.StepFunctions} is the way in. Rules are those of the specification
 * (states-language.net) and of the AWS Step Functions developer guide and API reference.
 */
package tg.ecom.states;
