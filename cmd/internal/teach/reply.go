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
	"net/http"
	"reflect"
	"strconv"
	"strings"
	"time"

	"epgsim/sim/experiment"
	"epgsim/sim/scenario"
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
	errClosing = refuse(http.StatusServiceUnavailable, "the server is shutting down")
	errBusy    = refuse(http.StatusTooManyRequests, "too many requests wait for this server; try again in a few seconds")
	errTime    = refuse(http.StatusGatewayTimeout, "this took longer than %g minutes; ask for fewer replications, periods or forms, or again when fewer people ask", mostTime.Minutes())
)

// retryAfter is when a client that was one too many may try again, in seconds.
const retryAfter = "5"

// number is a float64 that JSON may not have: NaN and the infinities are null.
type number float64

// MarshalJSON implements json.Marshaler.
func (n number) MarshalJSON() ([]byte, error) {
	if x := float64(n); math.IsNaN(x) || math.IsInf(x, 0) {
		return []byte("null"), nil
	}
	return json.Marshal(float64(n))
}

// handle makes a handler of a function that may fail.
func handle(f func(http.ResponseWriter, *http.Request) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := f(w, r); err != nil {
			fail(w, r, err)
		}
	})
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
		return http.StatusUnprocessableEntity, map[string]any{"problems": list}
	case errors.As(err, &refused):
	case errors.Is(err, context.DeadlineExceeded):
		refused = errTime.(*refusal)
	case experiment.Interrupted(err):
		refused = errClosing.(*refusal)
	default:
		refused = &refusal{http.StatusInternalServerError, err.Error()}
	}
	return refused.status, map[string]any{"error": refused.text}
}

// fail tells an error. A client that has gone is told nothing.
func fail(w http.ResponseWriter, r *http.Request, err error) {
	if r.Context().Err() != nil {
		return
	}
	status, body := failure(err)
	if status == http.StatusTooManyRequests {
		w.Header().Set("Retry-After", retryAfter)
	}
	sendSmall(w, status, body)
}

// isJSON says that an answer is JSON, and of this moment.
func isJSON(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
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

// reply sends the body as JSON.
func (b body) reply(w http.ResponseWriter, r *http.Request) error {
	isJSON(w)
	b.send(w, r)
	return nil
}

func (b body) send(w http.ResponseWriter, r *http.Request) {
	out := b.packed
	w.Header().Add("Vary", "Accept-Encoding")
	if packs(r) {
		w.Header().Set("Content-Encoding", "gzip")
	} else {
		out = b.plain()
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(out)))
	hurry(w)
	_, _ = w.Write(out) // the client may have gone
}

// packs says whether the client takes compressed answers.
func packs(r *http.Request) bool {
	for _, part := range strings.Split(r.Header.Get("Accept-Encoding"), ",") {
		name, q, _ := strings.Cut(part, ";")
		if strings.TrimSpace(name) == "gzip" && strings.TrimSpace(q) != "q=0" {
			return true
		}
	}
	return false
}

// hurry gives the client so long to take what is written next, lest one that
// reads nothing holds on to the answer for ever.
func hurry(w http.ResponseWriter) {
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(slowestWrite)) // a test's recorder has none
}

// unhurried lifts the limit on the time to send a request, once it is there:
// net/http would take the request for cancelled when that has passed.
func unhurried(w http.ResponseWriter) {
	_ = http.NewResponseController(w).SetReadDeadline(time.Time{}) // a test's recorder has none
}

// small replies with something that is not worth compressing.
func small(w http.ResponseWriter, v any) error {
	sendSmall(w, http.StatusOK, v)
	return nil
}

func sendSmall(w http.ResponseWriter, status int, v any) {
	isJSON(w)
	hurry(w)
	w.WriteHeader(status)
	_, _ = w.Write(encode(v)) // the client may have gone
}

// decode reads the body of a request into v.
func decode(w http.ResponseWriter, r *http.Request, v any) error {
	d := json.NewDecoder(http.MaxBytesReader(w, r.Body, mostBody))
	d.DisallowUnknownFields()
	err := d.Decode(v)
	if err == nil {
		if _, more := d.Token(); more == io.EOF {
			unhurried(w)
			return nil
		}
		return refuse(http.StatusBadRequest, "the body of the request goes on after its JSON object")
	}
	var tooLarge *http.MaxBytesError
	var wrongType *json.UnmarshalTypeError
	switch {
	case errors.As(err, &tooLarge):
		return refuse(http.StatusRequestEntityTooLarge, "the body of the request is larger than %d KiB", mostBody>>10)
	case errors.As(err, &wrongType):
		return refuse(http.StatusBadRequest, "%s in the request must be %s, not JSON's %s", cmp.Or(wrongType.Field, "what stands"), kindName(wrongType.Type), wrongType.Value)
	}
	return refuse(http.StatusBadRequest, "the body of the request cannot be read: %s", strings.TrimPrefix(err.Error(), "json: "))
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
