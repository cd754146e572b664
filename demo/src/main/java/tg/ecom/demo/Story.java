package tg.ecom.demo;

import tg.ecom.client.Ecom;
import tg.ecom.client.Person;

/** The whole of it, from the first text message to the books. */
public final class Story {
    private final Stage stage;

    private Story(Stage stage) {
        this.stage = stage;
    }

    /** As it is told to people. */
    public static Story told(Ecom ecom, Narrator narrator) {
        return new Story(new Stage(ecom, narrator, false));
    }

    /** As it is played while everything may die at any time. */
    public static Story amidDeaths(Ecom ecom) {
        return new Story(new Stage(ecom, Narrator.silent(), true));
    }

    /**
     * Plays it.
     *
     * @throws StoryException when a step does not do what it says
     * @throws tg.ecom.client.ClientException when an answer is not what it should be
     */
    public void play() {
        stage.narrator().title("A morning in Lomé", stage.ecom().address() + ", over plain HTTP as an app does it");
        Town town = Town.open(stage);
        Books books = new Books(stage);
        SignUps.People people = new SignUps(stage).play();
        Person afi = people.afi();
        new SpentToken(stage).play(afi);
        new Recharging(stage).play(afi);
        Transferring transferring = new Transferring(stage);
        transferring.play(afi, people.kossi());
        transferring.playRefusals(afi, people.kossi());
        Ordering ordering = new Ordering(stage, town, afi);
        ordering.playDelivered();
        ordering.playRefused();
        ordering.playForgotten();
        books.play();
    }
}
