package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// progress tells how far long work has come: a bar with rate and time left on
// a terminal, a line every ten seconds elsewhere, nothing when quiet.
type progress struct {
	what  string
	total int
	done  int
	bar   *progressbar.ProgressBar
	w     io.Writer
	now   func() time.Time
	start time.Time
	last  time.Time
}

// every is how often a log that is no terminal gets a line.
const every = 10 * time.Second

func (a *app) progress(what string, total int, quiet bool) *progress {
	p := &progress{what: what, total: total, w: a.err, now: a.now, start: a.now(), last: a.now()}
	if a.onTerminal() && !quiet {
		p.bar = progressbar.NewOptions(total, progressbar.OptionSetWriter(a.err), progressbar.OptionSetDescription(what),
			progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionShowCount(), progressbar.OptionShowIts(),
			progressbar.OptionSetItsString("runs"), progressbar.OptionClearOnFinish(), progressbar.OptionSetPredictTime(true))
	}
	if quiet {
		p.w = nil
	}
	return p
}

// onTerminal says whether somebody may be looking on.
func (a *app) onTerminal() bool {
	f, ok := a.err.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// add counts n runs as done.
func (p *progress) add(n int) {
	p.done += n
	if p.bar != nil {
		_ = p.bar.Add(n)
		return
	}
	if p.w == nil || p.done%64 != 0 { // the clock is not worth reading for every run
		return
	}
	if now := p.now(); now.Sub(p.last) >= every {
		p.last = now
		rate := float64(p.done) / now.Sub(p.start).Seconds()
		fmt.Fprintf(p.w, "%s: %d of %d runs, %.0f a second, %s left\n", p.what, p.done, p.total, rate,
			(time.Duration(float64(p.total-p.done)/rate) * time.Second).Round(time.Second))
	}
}

// finish takes the bar away.
func (p *progress) finish() {
	if p.bar != nil {
		_ = p.bar.Finish()
	}
}
