package tg.ecom.payments;

/**
 * For functions that send questions.
 *
 * @param questionsQueueUrl the queue that they wait in
 */
public record QuestionsSettings(String questionsQueueUrl) {}
