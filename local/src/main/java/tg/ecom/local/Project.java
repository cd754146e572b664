package tg.ecom.local;

import java.nio.file.Path;

/** Where the project's files are. */
public final class Project {
    private Project() {}

    /** The root folder: what the launcher or the build says, else the current folder. */
    public static Path root() {
        return Path.of(System.getProperty("ecom.root", "")).toAbsolutePath();
    }
}
