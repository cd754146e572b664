package tg.ecom.local.template;

import java.util.List;

/** The templates can't be run: one message that names the file, the resource and the reason of every error in them. */
public final class TemplateFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Joins the sentences, one a line. */
    TemplateFailure(List<String> sentences) {
        super(String.join("\n", sentences));
    }
}
