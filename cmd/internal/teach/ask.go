package teach

import (
	"context"

	"epgsim/cmd/internal/version"
	"epgsim/sim/experiment"
)

// NewLesson returns a lesson for whoever is not to be reached over a network:
// classes cannot be held in it. Helpers, if any, run the replications. Close it when
// it is over.
func NewLesson(helpers []experiment.Helper) (*Lesson, error) {
	l, err := newLesson(start{Version: version.Program, Listen: startListen{URLs: []string{}}})
	if err == nil {
		l.helpers = helpers
	}
	return l, err
}

// Part is a part of an answer. Together the texts are the answer.
type Part struct {
	Status int  // what kind of answer it is, as HTTP says it; in every part
	Packed bool // the texts together are compressed with gzip
	Text   []byte
	Last   bool
}

// Ask answers a request, for example "POST /api/dance" and its body, as a Server
// does, and tells the answer part by part. When ctx has ended, nobody hears on.
func (l *Lesson) Ask(ctx context.Context, request string, body []byte, hear func(Part)) {
	d := &asker{ctx: ctx, body: body, hear: hear}
	answer, known := l.asked()[request]
	err := refuse(nothingThere, "there is nothing to be asked for by %.80s", request)
	if known {
		err = guarded(func() error { return answer(d) })
	}
	switch {
	case ctx.Err() != nil:
	case err != nil:
		status, told := failure(err)
		hear(Part{Status: status, Text: encode(told), Last: true})
	case !d.ended:
		hear(Part{Status: fine, Last: true})
	}
}

// asker is the door of one request that was asked in this process.
type asker struct {
	ctx   context.Context
	body  []byte
	hear  func(Part)
	ended bool
}

func (d *asker) context() context.Context { return d.ctx }
func (d *asker) client() string           { return "" }

func (d *asker) read(v any) error {
	if len(d.body) > mostBody {
		return errTooLarge
	}
	return decode(d.body, v)
}

func (d *asker) send(b body) error {
	d.hear(Part{Status: fine, Packed: true, Text: b.packed, Last: true})
	d.ended = true
	return nil
}

func (d *asker) line(text []byte) error {
	if d.ctx.Err() == nil {
		d.hear(Part{Status: fine, Text: text})
	}
	return d.ctx.Err()
}
