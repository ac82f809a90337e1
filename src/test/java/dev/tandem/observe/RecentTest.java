package dev.tandem.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// When a web server fails its clients, and how that is told.
class RecentTest {
    /// The three that were seen: too short a body, headers and then silence, 500 to all but the
    /// check.
    @Test
    void webServersThatAreWrongAndPassTheirCheckAreFound() {
        assertThat(new Recent(60, 1108, 166, 0, 20).fails()).isTrue();
        assertThat(new Recent(60, 1164, 0, 246, 20).fails()).isTrue();
        assertThat(new Recent(60, 740, 740, 0, 120).fails()).isTrue();
    }

    @Test
    void fewFailuresSayNothing() {
        assertThat(Recent.NONE.fails()).isFalse();
        assertThat(new Recent(60, 4, 4, 0, 4).fails()).isFalse();
        assertThat(new Recent(60, 5, 5, 0, 5).fails()).isTrue();
        assertThat(new Recent(60, 1000, 49, 0, 5).fails()).isFalse();
        assertThat(new Recent(60, 1000, 50, 0, 5).fails()).isTrue();
    }

    @Test
    void impatientClientsAreNotItsFault() {
        assertThat(new Recent(60, 1000, 0, 199, 30).fails()).isFalse();
        assertThat(new Recent(60, 1000, 10, 190, 30).fails()).isTrue();
    }

    @Test
    void whatHasEndedIsNotIll() {
        assertThat(new Recent(60, 1108, 166, 0, 0).fails()).isFalse();
    }

    @Test
    void answers4xxAreNoFailures() {
        Recent recent = new Recent(60, 400, 0, 0, 0, OptionalLong.of(400));
        assertThat(recent.fails()).isFalse();
        assertThat(recent.plus(recent).answers4xx()).hasValue(800);
        assertThat(recent.plus(Recent.NONE).answers4xx()).hasValue(400);
        assertThat(Recent.NONE.plus(Recent.NONE).answers4xx()).isEmpty();
    }

    @Test
    void clientsThatGaveUpAreNamed() {
        assertThat(new Recent(60, 1164, 6, 240, 20).words())
                .isEqualTo(
                        "246 of its 1164 requests in the last 60 s failed (clients gave up 240 of"
                                + " them), 21 %");
    }
}
