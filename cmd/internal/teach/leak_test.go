package teach

import (
	"os"
	"testing"

	"go.uber.org/goleak"
)

// long asks for the long forms of the tests, which take more than some seconds.
var long = os.Getenv("EPGSIM_LONG") != ""

// Whatever was asked for and by whom, nothing goes on once a server is closed.
func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }
