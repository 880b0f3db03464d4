package teach

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"reflect"
	"strings"

	"epgsim/sim/experiment"
	"epgsim/sim/scenario"
)

// The kinds of answers, by the numbers that HTTP has for them.
const (
	fine          = 200
	malformed     = 400
	nothingThere  = 404
	tooLarge      = 413
	unprocessable = 422
	tooMany       = 429
	defect        = 500
	unavailable   = 503
	outOfTime     = 504
)

// refusal is an error with the status that says its kind.
type refusal struct {
	status int
	text   string
}

func (e *refusal) Error() string { return e.text }

func refuse(status int, format string, args ...any) error {
	return &refusal{status, fmt.Sprintf(format, args...)}
}

var (
	errClosing  = refuse(unavailable, "the server is shutting down")
	errTooLarge = refuse(tooLarge, "the body of the request is larger than %d KiB", mostBody>>10)
	errBusy     = refuse(tooMany, "too many requests wait for this server; try again in a few seconds")
	errTime     = refuse(outOfTime, "this took longer than %g minutes; ask for fewer replications, periods or forms, or again when fewer people ask", mostTime.Minutes())
)

// number is a float64 that JSON may not have: NaN and the infinities are null.
type number float64

// MarshalJSON implements json.Marshaler.
func (n number) MarshalJSON() ([]byte, error) {
	if x := float64(n); math.IsNaN(x) || math.IsInf(x, 0) {
		return []byte("null"), nil
	}
	return json.Marshal(float64(n))
}

// problem is a scenario.Problem in JSON.
type problem struct {
	File    string `json:"file"`
	Line    int    `json:"line,omitempty"`
	Key     string `json:"key,omitempty"`
	Given   string `json:"given,omitempty"`
	Allowed string `json:"allowed"`
	Hint    string `json:"hint,omitempty"`
	Text    string `json:"text"`
}

// failure is an error as it is told: its status and its body.
func failure(err error) (status int, body any) {
	var problems scenario.Problems
	var refused *refusal
	switch {
	case errors.As(err, &problems):
		list := []problem{}
		if more := len(problems) - mostTold; more > 1 {
			problems = append(problems[:mostTold:mostTold], scenario.Problem{File: problems[mostTold].File, Allowed: fmt.Sprintf("and %d more problems", more)})
		}
		for _, p := range problems {
			list = append(list, problem{p.File, p.Line, p.Key, p.Given, p.Allowed, p.Hint, p.String()})
		}
		return unprocessable, map[string]any{"problems": list}
	case errors.As(err, &refused):
	case errors.Is(err, context.DeadlineExceeded):
		refused = errTime.(*refusal)
	case experiment.Interrupted(err):
		refused = errClosing.(*refusal)
	default:
		refused = &refusal{defect, err.Error()}
	}
	return refused.status, map[string]any{"error": refused.text}
}

// encode is v in JSON, on one line. What this package encodes always can be.
func encode(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// body is an answer that is ready. It is kept compressed, as nearly all
// clients want it.
type body struct{ packed []byte }

// newBody compresses an answer: quickly, or as well as possible what is made
// once and sent often.
func newBody(plain []byte, level int) body {
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, level)
	if err != nil {
		panic(err) // there is no such level
	}
	_, _ = z.Write(plain) // a buffer takes everything
	_ = z.Close()
	return body{b.Bytes()}
}

// plain is the answer before it was compressed.
func (b body) plain() []byte {
	z, err := gzip.NewReader(bytes.NewReader(b.packed))
	if err == nil {
		var plain []byte
		if plain, err = io.ReadAll(z); err == nil {
			return plain
		}
	}
	panic(err) // newBody made it
}

// decode reads the body of a request into v.
func decode(text []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	err := d.Decode(v)
	if err == nil {
		if _, more := d.Token(); more == io.EOF {
			return nil
		}
		return refuse(malformed, "the body of the request goes on after its JSON object")
	}
	var wrongType *json.UnmarshalTypeError
	if errors.As(err, &wrongType) {
		return refuse(malformed, "%s in the request must be %s, not JSON's %s", cmp.Or(wrongType.Field, "what stands"), kindName(wrongType.Type), wrongType.Value)
	}
	return unreadable(err)
}

func unreadable(err error) error {
	return refuse(malformed, "the body of the request cannot be read: %s", strings.TrimPrefix(err.Error(), "json: "))
}

// kindName says what kind of JSON value a Go type takes.
func kindName(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Uint64:
		return "a whole number from 0 to 18446744073709551615"
	case reflect.Int:
		return "a whole number"
	case reflect.Float64:
		return "a number"
	case reflect.String:
		return "a text"
	case reflect.Slice:
		return "a list"
	}
	return "an object"
}
