// Stands for style sheets and pictures, which tests do not look at.
module.exports = '<svg xmlns="http://www.w3.org/2000/svg"></svg>';
