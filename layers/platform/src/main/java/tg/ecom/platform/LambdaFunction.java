package tg.ecom.platform;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.lang.reflect.ParameterizedType;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * What every function has, whoever calls it: the API ({@link HttpFunction}), a queue ({@link QueueFunction}), a state
 * machine ({@link SagaTask}), or a schedule or rotation ({@link EventFunction}).
 */
public abstract sealed class LambdaFunction implements RequestStreamHandler, AutoCloseable
        permits EventFunction, HttpFunction, QueueFunction, SagaTask {
    private final Surroundings surroundings;

    /**
     * In the surroundings of now.
     *
     * @param declared the settings that the class needs
     * @param shared those that every function of its kind needs
     */
    LambdaFunction(List<Class<? extends Record>> declared, List<Class<? extends Record>> shared) {
        List<Class<? extends Record>> all = new ArrayList<>(declared);
        all.addAll(shared);
        surroundings = new Surroundings(all);
    }

    /** Drops the connection: a host that ends an instance calls this. */
    @Override
    public final void close() {
        surroundings.disconnect();
    }

    /** What this instance has around it. */
    protected final Surroundings surroundings() {
        return surroundings;
    }

    /** This instance's connection to PostgreSQL. */
    protected final Database database() {
        return surroundings.database();
    }

    /** Starts of sagas, and news for their waiting tasks. */
    protected final Sagas sagas() {
        return surroundings.sagas();
    }

    /** The time that everything goes by. */
    protected final InstantSource clock() {
        return surroundings.clock();
    }

    /** The record that the concrete class names first where it extends its kind: what it is called with. */
    @SuppressWarnings("unchecked")
    final <T extends Record> Class<T> calledWith() {
        ParameterizedType parent = (ParameterizedType) getClass().getGenericSuperclass();
        return (Class<T>) parent.getActualTypeArguments()[0];
    }
}
