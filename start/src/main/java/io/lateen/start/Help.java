package io.lateen.start;

/** What {@code --help} prints. Stateless. */
final class Help {
    private static final int WIDTH = 100;
    private static final String INDENT = "      ";

    private Help() {}

    static String text(Settings settings, String jar) {
        StringBuilder text = new StringBuilder(settings.program()).append("\n\n");
        text.append("usage: java @").append(jar).append(".jvm -jar ").append(jar).append(".jar");
        text.append(" --NAME=VALUE…\n\n");
        text.append(
                "Every setting may be given in the environment, too: --lateen.rest-address as\n");
        text.append(Setting.variable("lateen.rest-address"))
                .append(". The command line comes first.\n");
        settings.chapters()
                .forEach(
                        (chapter, rows) -> {
                            text.append('\n').append(chapter).append('\n');
                            rows.forEach(setting -> append(text, setting));
                        });
        return text.toString();
    }

    private static void append(StringBuilder text, Setting setting) {
        text.append("  --").append(setting.name());
        text.append(
                setting.usual().isEmpty()
                        ? "  (no default)"
                        : "  (default " + setting.usual() + ")");
        text.append('\n');
        int column = WIDTH;
        for (String word : setting.text().split(" ", -1)) {
            if (column + 1 + word.length() > WIDTH) {
                text.append(column == WIDTH ? "" : "\n").append(INDENT).append(word);
                column = INDENT.length() + word.length();
            } else {
                text.append(' ').append(word);
                column += 1 + word.length();
            }
        }
        text.append('\n').append(INDENT).append("example: ").append(setting.howTo());
        text.append('\n');
    }
}
