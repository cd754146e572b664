package tg.ecom.local.parts;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** PostgreSQL's data directory and the programs that make, start and stop a server on it. */
final class PostgresDirectory {
    private static final String MAJOR_VERSION = "17";
    private static final int PROGRAM_TIMEOUT_S = 90;
    private static final int STOP_TIMEOUT_S = 5;

    /** What every server of ours runs with; commits are durable, since losing one loses money. */
    private static final String SETTINGS = String.join(
            " ",
            "-c listen_addresses=" + Loopback.HOST,
            "-c unix_socket_directories=''",
            "-c max_connections=200",
            "-c fsync=on",
            "-c synchronous_commit=on",
            "-c log_error_verbosity=terse",
            "-c timezone=UTC",
            "-c log_timezone=UTC");

    private final Path root;
    private final Path data;
    private final Path log;
    private final PostgresBinaries binaries;

    PostgresDirectory(Path root, PostgresBinaries binaries) {
        this.root = root;
        this.data = root.resolve("data");
        this.log = root.resolve("postgres.log");
        this.binaries = binaries;
    }

    /** Makes the data directory if there is none; made aside and moved, so that a half-made one is never used. */
    void initialize() throws IOException {
        if (Files.exists(data)) {
            requireReadable();
            return;
        }
        Path unfinished = root.resolve("data.unfinished");
        if (Files.exists(unfinished)) {
            PostgresBinaries.delete(unfinished);
        }
        List<String> arguments = List.of(
                "--pgdata=" + unfinished,
                "--username=" + PostgresServer.ADMINISTRATOR,
                "--auth=trust",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--locale=C.UTF-8",
                "--no-sync",
                "--no-instructions");
        run("initdb", arguments);
        Files.move(unfinished, data, StandardCopyOption.ATOMIC_MOVE);
    }

    private void requireReadable() throws IOException {
        Path versionFile = data.resolve("PG_VERSION");
        if (!Files.isRegularFile(versionFile)) {
            throw damaged("PG_VERSION is missing");
        }
        String version =
                Files.readString(versionFile, StandardCharsets.US_ASCII).strip();
        if (!version.equals(MAJOR_VERSION)) {
            throw damaged("it was written by PostgreSQL " + version + ", not " + MAJOR_VERSION);
        }
    }

    /** Ends a server that outlived its process; the caller holds the directory's lock, so nobody else uses it. */
    void stopOrphan() throws IOException {
        Path file = data.resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return;
        }
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        if (isOurServer(lines)) {
            stop("immediate");
        } else {
            // The number now belongs to another program, and PostgreSQL would take that for a running server.
            Files.deleteIfExists(file);
        }
    }

    private boolean isOurServer(List<String> lines) {
        if (lines.isEmpty() || !lines.getFirst().strip().matches("\\d{1,10}")) {
            return false;
        }
        return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
                .filter(ProcessHandle::isAlive)
                .flatMap(process -> process.info().command())
                .filter(command -> command.endsWith("postgres"))
                .isPresent();
    }

    /** Starts the server and returns when it takes connections, after crash recovery if there was a crash. */
    void start(int port, Map<String, String> more) {
        String settings = more.entrySet().stream()
                .map(setting -> " -c " + setting.getKey() + "=" + setting.getValue())
                .collect(Collectors.joining("", "-p " + port + " " + SETTINGS, ""));
        List<String> arguments =
                List.of("start", "-w", "-s", "-D", data.toString(), "-l", log.toString(), "-o", settings);
        try {
            Files.deleteIfExists(log);
            run("pg_ctl", arguments);
        } catch (IOException failure) {
            throw refused(port, reasonInLog());
        }
    }

    /** Stops the server: {@code fast} disconnects clients and writes everything, {@code immediate} just ends it. */
    void stop(String mode) throws IOException {
        List<String> arguments =
                List.of("stop", "-w", "-s", "-D", data.toString(), "-m", mode, "-t", Integer.toString(STOP_TIMEOUT_S));
        run("pg_ctl", arguments);
    }

    private void run(String program, List<String> arguments) throws IOException {
        Path output = root.resolve(program + ".log");
        ProcessBuilder builder = new ProcessBuilder(binaries.command(program, arguments));
        // A file, not a pipe: the server inherits it, and would keep a pipe open for ever.
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (!process.waitFor(PROGRAM_TIMEOUT_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(program + " did not end within " + PROGRAM_TIMEOUT_S + " s");
            }
        } catch (InterruptedException interruption) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException(program + " was interrupted", interruption);
        }
        if (process.exitValue() != 0) {
            throw new IOException(program + " failed, see " + output);
        }
    }

    private String reasonInLog() {
        try {
            return Files.readAllLines(log, StandardCharsets.UTF_8).stream()
                    .filter(line -> line.contains("FATAL:") || line.contains("PANIC:"))
                    .map(line -> line.replaceFirst("^.*(FATAL|PANIC): *", ""))
                    .findFirst()
                    .orElse("see " + log);
        } catch (IOException unreadable) {
            return "see " + log;
        }
    }

    private PartFailure refused(int port, String reason) {
        return reason.contains("TCP/IP sockets")
                ? new PartFailure(
                        "PostgreSQL can't listen on " + Loopback.HOST + ":" + port + ": another program does already.")
                : damaged(reason);
    }

    private PartFailure damaged(String reason) {
        return new PartFailure("PostgreSQL can't start on its data in " + data + " (" + reason
                + "); nothing was changed there: repair it, or start over with `./ecom up --fresh`.");
    }
}
