package io.sysmonflink.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTableTest {

  @Test
  void columnsAreAsWideAsTheirWidestCellAndNumbersStandRight() {
    String table = new TextTable("dest", "count").row("WIN-1", "7").row("x", "1234567").render(0);

    assertThat(table)
        .isEqualTo(
            """
            dest     count
            -----  -------
            WIN-1        7
            x      1234567""");
  }

  @Test
  void theWidestColumnGivesWayAndKeepsBothItsEnds() {
    String image =
        "C:\\Users\\someone\\AppData\\Local\\Temp\\a\\very\\long\\path\\to\\powershell.exe";
    String table = new TextTable("Image", "dest").row(image, "WIN-1").render(40);

    assertThat(table.lines()).allMatch(line -> line.length() <= 40);
    assertThat(table).contains("C:\\Users", "...", "powershell.exe", "WIN-1");
  }

  @Test
  void aTableThatCannotBeMadeSoNarrowIsWiderButWhole() {
    String table = new TextTable("a", "b").row("x".repeat(30), "y".repeat(30)).render(3);

    assertThat(table.lines()).allMatch(line -> line.length() <= 26);
    assertThat(table).contains("xxx...xxx", "yyy...yyy");
  }

  @Test
  void aValueCannotCommandTheTerminal() {
    String table =
        new TextTable("QueryName")
            .row("\u001b]0;title\u0007\u001b[2J.com")
            .row("a\r\nb\tc\u202ed\u0085\u2028\ud800")
            .row("ä€漢😀")
            .render(0);

    assertThat(table)
        .contains("<U+001B>]0;title<U+0007><U+001B>[2J.com")
        .contains("a<U+000D><U+000A>b<U+0009>c<U+202E>d<U+0085><U+2028><U+D800>")
        .contains("ä€漢😀");
    assertThat(table.lines()).hasSize(5);
    assertThat(table.chars().filter(c -> c != '\n')).noneMatch(Character::isISOControl);
  }
}
