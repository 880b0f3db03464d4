package teach

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"epgsim/sim/experiment"
)

// heard is an answer to Ask, put together.
type heard struct {
	status int
	text   string
	lasts  int
}

func askFor(t *testing.T, l *Lesson, request, text string) heard {
	t.Helper()
	var h heard
	var all bytes.Buffer
	packed := false
	l.Ask(t.Context(), request, []byte(text), func(p Part) {
		if h.lasts > 0 || h.status != 0 && h.status != p.Status {
			t.Errorf("%s: a part comes after the last, or of another status: %+v", request, p)
		}
		h.status, packed = p.Status, p.Packed
		all.Write(p.Text)
		if p.Last {
			h.lasts++
		}
	})
	h.text = all.String()
	if packed {
		h.text = string(body{all.Bytes()}.plain())
	}
	if h.lasts != 1 {
		t.Errorf("%s: %d last parts", request, h.lasts)
	}
	return h
}

// At the other door, with helpers or without, the answers are those of the server, byte by
// byte, errors too.
func TestBothDoorsGiveTheSameAnswers(t *testing.T) {
	t.Parallel()
	server, err := New(Config{})
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	var jobs atomic.Int64
	helper := func(ctx context.Context, job []byte) ([]byte, error) {
		jobs.Add(1)
		return experiment.Help(ctx, job)
	}
	for _, helpers := range [][]experiment.Helper{nil, {helper}, {helper, helper}} {
		jobs.Store(0)
		l, err := NewLesson(helpers)
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		for _, c := range []struct {
			request, text string
			status        int
		}{
			{"POST /api/scenario", `{"scenario":"base","set":{"project.years":"2"}}`, fine},
			{"POST /api/scenario", `{"scenario":"bse"}`, unprocessable},
			{"POST /api/scenario", `{"scenario":`, malformed},
			{"POST /api/scenario", `{"toml":"` + strings.Repeat("#", mostBody) + `"}`, tooLarge},
			{"POST /api/dance", `{"what":{"scenario":"base"},"seed":3,"replication":4}`, fine},
			{"POST /api/ensemble", `{"what":{"scenario":"paper-machinery"},"replications":50,"years":[2],"seed":5}`, fine},
			{"POST /api/ensemble", `{"what":{"scenario":"base"},"replications":1}`, unprocessable},
			{"POST /api/ministry", `{"grants":[{"what":{"scenario":"base"},"form":"system","years":3,"groups":2},{"what":{"scenario":"food-products"},"form":"market","years":1,"groups":1}],"replications":20,"seed":1}`, fine},
			{"POST /api/nothing", ``, nothingThere},
		} {
			method, path, _ := strings.Cut(c.request, " ")
			w := httptest.NewRecorder()
			r := httptest.NewRequest(method, "http://localhost"+path, strings.NewReader(c.text))
			server.Handler().ServeHTTP(w, r)
			got := askFor(t, l, c.request, c.text)
			want := w.Body.String()
			if c.status == nothingThere {
				want = got.text // HTTP says it in other words
			}
			if got.status != c.status || w.Code != c.status || got.text != want || got.text == "" {
				t.Errorf("%d helpers: %s %.100s: %d %.200q, by HTTP %d %.200q", len(helpers), c.request, c.text, got.status, got.text, w.Code, w.Body)
			}
		}
		if used := jobs.Load() > 0; used != (len(helpers) > 0) {
			t.Errorf("%d helpers did %d jobs", len(helpers), jobs.Load())
		}
		var s start
		if err := json.Unmarshal([]byte(askFor(t, l, "GET /api/start", "").text), &s); err != nil || s.Classes || len(s.Scenarios) < 9 || s.Listen.LAN {
			t.Errorf("the lesson begins with %+v, %v", s, err)
		}
	}
}

// Who gives up hears nothing more, and what was worked on for him alone ends.
func TestAskIsGivenUp(t *testing.T) {
	t.Parallel()
	l, err := NewLesson(nil)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	ctx, cancel := context.WithCancel(t.Context())
	lines := 0
	l.Ask(ctx, "POST /api/ensemble", fmt.Appendf(nil, `{"what":{"scenario":"base"},"replications":%d,"years":[8]}`, mostReplications), func(p Part) {
		lines++
		cancel()
	})
	if lines != 1 {
		t.Errorf("%d parts were heard", lines)
	}
	l.answers.mu.Lock()
	defer l.answers.mu.Unlock()
	if len(l.answers.byKey) != 0 {
		t.Errorf("%d answers are still worked on", len(l.answers.byKey))
	}
}
